// Opens the <dialog> named by data-dialogue. Where a dialog matters, a page does the same work
// without this script.

document.querySelectorAll("[data-dialogue]").forEach((bouton) => {
  const dialogue = document.getElementById(bouton.dataset.dialogue);
  if (dialogue?.showModal) bouton.addEventListener("click", () => dialogue.showModal());
});
