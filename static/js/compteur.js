// Says how many characters are left in a long text; a reader hears it only near the end.
// Without this script the page says how many are allowed.

const SEUIL = 0.1;
const PAUSE = 1000;
const nombre = new Intl.NumberFormat("fr");

function suivre(compte) {
  const champ = document.getElementById(compte.dataset.compteur);
  if (!champ) return;
  const budget = Number(compte.dataset.budget);
  const annonce = document.createElement("span");
  annonce.className = "visuellement-cache";
  annonce.setAttribute("role", "status");
  compte.after(annonce);
  let minuterie = 0;

  function phrase() {
    // the server counts a line break as two characters
    const restant = budget - champ.value.replace(/\n/g, "\r\n").length;
    const mot = Math.abs(restant) > 1 ? "caractères" : "caractère";
    compte.classList.toggle("champ__compte--proche", restant < budget * SEUIL);
    return restant >= 0
      ? `${nombre.format(restant)} ${mot} restants`.replace(/caractère restants/, "caractère restant")
      : `${nombre.format(-restant)} ${mot} de trop`;
  }

  function dire() {
    compte.textContent = phrase();
    clearTimeout(minuterie);
    if (compte.classList.contains("champ__compte--proche")) {
      minuterie = setTimeout(() => (annonce.textContent = compte.textContent), PAUSE);
    }
  }

  champ.addEventListener("input", dire);
  dire();
}

document.querySelectorAll("[data-compteur]").forEach(suivre);
