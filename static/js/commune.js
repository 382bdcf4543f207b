// Turns each commune input into a combobox (ARIA APG, list autocomplete with manual selection).
// Without this script the input is plain text and the server asks when the name is ambiguous.

const ATTENTE = 150;
let numero = 0;

function creer(balise, classe, attributs = {}) {
  const element = document.createElement(balise);
  element.className = classe;
  for (const [nom, valeur] of Object.entries(attributs)) element.setAttribute(nom, valeur);
  return element;
}

function enrichir(champ) {
  const id = `communes-${++numero}`;
  const etiquette = champ.labels && champ.labels[0];
  const liste = creer("ul", "commune__liste", { id, role: "listbox" });
  const annonce = creer("p", "visuellement-cache", { role: "status" });
  liste.hidden = true;
  if (etiquette) {
    etiquette.id ||= `${id}-nom`;
    liste.setAttribute("aria-labelledby", etiquette.id);
  } else {
    liste.setAttribute("aria-label", "Communes");
  }
  for (const [nom, valeur] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
  })) champ.setAttribute(nom, valeur);
  champ.after(liste, annonce);

  let minuterie = 0;
  let demande = null;
  let actif = -1;

  const options = () => [...liste.children];
  const ouvert = () => !liste.hidden;

  function fermer() {
    liste.hidden = true;
    actif = -1;
    champ.setAttribute("aria-expanded", "false");
    champ.removeAttribute("aria-activedescendant");
  }

  function activer(rang) {
    const toutes = options();
    if (!toutes.length) return;
    actif = (rang + toutes.length) % toutes.length;
    toutes.forEach((option, i) => option.setAttribute("aria-selected", String(i === actif)));
    champ.setAttribute("aria-activedescendant", toutes[actif].id);
    toutes[actif].scrollIntoView({ block: "nearest" });
  }

  function choisir(option) {
    champ.value = option.textContent;
    fermer();
    annonce.textContent = `${champ.value} : choix retenu.`;
    champ.closest(".commune")?.querySelector(".commune__choix")?.remove();
    champ.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function montrer(communes) {
    liste.replaceChildren(
      ...communes.map(({ libelle }, i) => {
        const option = creer("li", "commune__proposition", {
          id: `${id}-${i}`,
          role: "option",
          "aria-selected": "false",
        });
        option.textContent = libelle;
        return option;
      }),
    );
    actif = -1;
    champ.removeAttribute("aria-activedescendant");
    liste.hidden = communes.length === 0;
    champ.setAttribute("aria-expanded", String(ouvert()));
    annonce.textContent = communes.length
      ? `${communes.length} commune${communes.length > 1 ? "s" : ""}, flèches haut et bas pour choisir.`
      : "Aucune commune à ce nom en Île-de-France.";
  }

  async function chercher() {
    const texte = champ.value.trim();
    demande?.abort();
    if (texte.length < 2 || /\)\s*$/.test(texte)) {
      fermer();
      annonce.textContent = "";
      return;
    }
    demande = new AbortController();
    try {
      const adresse = `${champ.dataset.communes}?q=${encodeURIComponent(texte)}`;
      const reponse = await fetch(adresse, { signal: demande.signal });
      if (reponse.ok && document.activeElement === champ) montrer(await reponse.json());
    } catch {
      fermer(); // offline or overtaken by the next letter: plain text still works
    }
  }

  champ.addEventListener("input", () => {
    clearTimeout(minuterie);
    minuterie = setTimeout(chercher, ATTENTE);
  });
  champ.addEventListener("keydown", (evenement) => {
    const { key } = evenement;
    if (key === "ArrowDown" || key === "ArrowUp") {
      evenement.preventDefault();
      if (!ouvert()) chercher();
      else activer(key === "ArrowDown" ? actif + 1 : actif < 0 ? -1 : actif - 1);
    } else if (key === "Enter" && ouvert() && actif >= 0) {
      evenement.preventDefault();
      choisir(options()[actif]);
    } else if (key === "Escape" && ouvert()) {
      evenement.preventDefault();
      fermer();
    }
  });
  champ.addEventListener("blur", fermer);
  liste.addEventListener("pointerdown", (evenement) => {
    evenement.preventDefault(); // keeps the focus in the input
  });
  liste.addEventListener("click", (evenement) => {
    const option = evenement.target.closest("[role=option]");
    if (option) choisir(option);
  });
}

document.querySelectorAll("input[data-communes]").forEach(enrichir);
