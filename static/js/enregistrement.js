// Saves a long form in the background and says so. Everything it does, the buttons do too.
//
// One save at a time; each carries the page's own count (_rang), so that a late or repeated
// one never undoes a newer one. What could not be saved stays on the page and is tried again.

const ATTENTE = 1500; // after the last key
const ATTENTE_MAXIMALE = 10_000; // while somebody types without a pause
const REPRISES = [5, 10, 20, 40, 60]; // seconds

function demarrer(formulaire) {
  const region = formulaire.querySelector("[data-enregistrement]");
  const mots = region.querySelector("[data-enregistrement-texte]");
  const champ = (nom) => formulaire.elements.namedItem(nom);
  const texte = () => {
    const donnees = new URLSearchParams(new FormData(formulaire));
    for (const nom of ["_version", "_rang", "csrfmiddlewaretoken"]) donnees.delete(nom);
    return donnees.toString();
  };

  let enregistre = texte();
  let rang = 0;
  let minuterie = 0;
  let premiereTouche = 0;
  let enCours = false;
  let echecs = 0;
  let arrete = false; // the server said that only a button can go on
  let depart = false; // a button was pressed

  const modifie = () => texte() !== enregistre;
  const dire = (genre, phrase) => {
    region.dataset.etat = genre;
    if (mots.textContent !== phrase) mots.textContent = phrase;
  };

  function prevoir() {
    if (arrete || depart) return;
    const maintenant = Date.now();
    premiereTouche ||= maintenant;
    clearTimeout(minuterie);
    const reste = premiereTouche + ATTENTE_MAXIMALE - maintenant;
    minuterie = setTimeout(enregistrer, Math.max(0, Math.min(ATTENTE, reste)));
    if (!echecs) dire("vide", "Modifications pas encore enregistrées.");
  }

  function corps() {
    rang += 1;
    champ("_rang").value = rang;
    return new URLSearchParams(new FormData(formulaire));
  }

  function envoyer(options = {}) {
    return fetch(window.location.pathname, {
      method: "POST",
      body: corps(),
      headers: { "X-Enregistrement": "automatique", Accept: "application/json" },
      redirect: "manual",
      ...options,
    });
  }

  async function enregistrer(jetonRenouvele = false) {
    clearTimeout(minuterie);
    if (arrete || depart || enCours || !modifie()) return;
    premiereTouche = 0;
    enCours = true;
    const envoye = texte();
    const lenteur = setTimeout(() => dire("en_cours", "Enregistrement…"), 800);
    try {
      const reponse = await envoyer({ signal: AbortSignal.timeout(30_000) });
      if (reponse.status === 403 && !jetonRenouvele && (await renouvelerLeJeton())) {
        enCours = false;
        clearTimeout(lenteur);
        await enregistrer(true);
        return;
      }
      await traiter(reponse, envoye);
    } catch {
      reessayer();
    } finally {
      clearTimeout(lenteur);
      enCours = false;
    }
    if (!arrete && !echecs && modifie()) prevoir();
  }

  async function traiter(reponse, envoye) {
    const genre = reponse.headers.get("Content-Type") ?? "";
    const donnees = genre.includes("json") ? await reponse.json() : {};
    if (reponse.ok && donnees.etat === "enregistre") {
      echecs = 0;
      enregistre = envoye;
      champ("_version").value = donnees.version;
      const aCorriger = Object.keys(donnees.a_corriger).length;
      const suite = aCorriger
        ? ` ${aCorriger === 1 ? "Une réponse est" : `${aCorriger} réponses sont`} à corriger.`
        : "";
      dire("enregistre", `Enregistré à ${donnees.heure}.${suite}`);
    } else if (reponse.status === 401 || reponse.status === 409) {
      arrete = true;
      dire("conflit", donnees.message ?? "Appuyez sur « Enregistrer » pour continuer.");
    } else if (reponse.status >= 500 || reponse.status === 429) {
      reessayer();
    } else {
      arrete = true;
      dire(
        "conflit",
        "L’enregistrement automatique est arrêté. Appuyez sur « Enregistrer » : votre texte est sur cette page.",
      );
    }
  }

  function reessayer() {
    const secondes = REPRISES[Math.min(echecs, REPRISES.length - 1)];
    echecs += 1;
    dire(
      "hors_ligne",
      navigator.onLine
        ? "Le hub ne répond pas : votre texte reste sur cette page, nouvel essai bientôt…"
        : "Hors ligne : votre texte reste sur cette page, nouvel essai dès que possible…",
    );
    clearTimeout(minuterie);
    minuterie = setTimeout(enregistrer, secondes * 1000);
  }

  // Signing in again from another tab changes the token: take the new one from the page itself.
  async function renouvelerLeJeton() {
    const reponse = await fetch(window.location.pathname, { redirect: "manual" });
    if (!reponse.ok) return false;
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const jeton = page.querySelector('#saisie input[name="csrfmiddlewaretoken"]')?.value;
    if (!jeton) return false;
    champ("csrfmiddlewaretoken").value = jeton;
    return true;
  }

  function enPartant() {
    if (arrete || depart || !modifie()) return;
    const envoye = texte();
    // A kept-alive request may not exceed 64 kB; beyond, beforeunload has asked to stay.
    envoyer({ keepalive: envoye.length < 60_000 })
      .then((reponse) => traiter(reponse, envoye))
      .catch(() => {});
  }

  formulaire.addEventListener("input", prevoir);
  formulaire.addEventListener("change", prevoir);
  formulaire.addEventListener("submit", () => {
    depart = true;
    clearTimeout(minuterie);
    rang += 1;
    champ("_rang").value = rang;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") enPartant();
  });
  window.addEventListener("online", () => echecs && enregistrer());
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) depart = false;
  });
  window.addEventListener("beforeunload", (evenement) => {
    if (!depart && modifie()) evenement.preventDefault();
  });
}

for (const formulaire of document.querySelectorAll("form[data-saisie]")) {
  demarrer(formulaire);
}
