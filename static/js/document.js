// Follows a document in the making: asks every second, then shows the page as it became.
// Without this script the page reloads itself.
const zone = document.querySelector("[data-document-suivi]");
const phrase = zone?.querySelector("[data-document-phrase]");
let attente = 700;

async function regarder() {
  try {
    const reponse = await fetch(zone.dataset.documentSuivi, {
      headers: { Accept: "application/json" },
      cache: "no-store",
    });
    if (reponse.status === 404) return location.reload();
    if (reponse.ok) {
      const suite = await reponse.json();
      if (!suite.en_attente) return location.reload();
      if (phrase.textContent !== suite.phrase) phrase.textContent = suite.phrase;
    }
  } catch {
    // The network or the server is away for a moment: ask again.
  }
  attente = Math.min(attente * 1.2, 5000);
  setTimeout(regarder, attente);
}

if (zone) setTimeout(regarder, attente);
