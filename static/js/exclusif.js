// "Aucun" unchecks the other answers of its question, and they uncheck it.
// Without this script the server asks to keep one or the other.
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.('input[type="checkbox"]') || !target.checked || !target.form) return;
  const question = [...target.form.elements].filter(
    (element) => element.name === target.name && element !== target,
  );
  const exclusif = target.hasAttribute("data-exclusif");
  for (const autre of question) {
    if (exclusif || autre.hasAttribute("data-exclusif")) autre.checked = false;
  }
});
