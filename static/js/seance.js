// A live session. The screen redraws itself; the page of a person never does: it only says that
// another question is open, so that nobody loses what they are typing.

const PAUSE = 3000;

async function demander(adresse, type) {
  const reponse = await fetch(adresse, { headers: { Accept: type } });
  if (!reponse.ok) throw new Error(String(reponse.status));
  return reponse;
}

function suivre(annonce) {
  const montree = annonce.dataset.question;
  const regarder = async () => {
    try {
      const reponse = await demander(annonce.dataset.seance, "application/json");
      const { question, etat } = await reponse.json();
      const autre = String(question ?? "") !== montree;
      if (autre && !annonce.hasChildNodes()) {
        const lien = document.createElement("a");
        lien.href = window.location.pathname;
        lien.className = "bouton";
        lien.textContent = question
          ? "Une nouvelle question est ouverte : y aller"
          : etat === "close"
            ? "La séance est close : voir ce qui s’est dit"
            : "Cette question est fermée : voir ce qui s’est dit";
        annonce.append(lien);
      } else if (!autre) {
        annonce.replaceChildren();
      }
    } catch {
      // The network is away: the next turn tries again.
    }
    setTimeout(regarder, PAUSE);
  };
  setTimeout(regarder, PAUSE);
}

function redessiner(zone) {
  const regarder = async () => {
    try {
      const reponse = await demander(window.location.pathname, "text/html");
      const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
      const neuve = page.querySelector("[data-ecran]");
      if (neuve && neuve.innerHTML !== zone.innerHTML) zone.replaceChildren(...neuve.childNodes);
    } catch {
      // The network is away: what is shown stays.
    }
    setTimeout(regarder, PAUSE);
  };
  setTimeout(regarder, PAUSE);
}

const annonce = document.querySelector("[data-seance]");
if (annonce) suivre(annonce);
const zone = document.querySelector("[data-ecran]");
if (zone) redessiner(zone);
