// Suggestions for the last tag of a list typed with commas. The browser's own list shows them;
// it only knows whole values, so each one carries the tags already typed.
for (const liste of document.querySelectorAll("datalist[id$=_suggestions]")) {
  const champ = document.getElementById(liste.id.replace(/_suggestions$/, ""));
  if (!champ) continue;
  const suggestions = [...liste.options].map((option) => option.value);
  const proposer = () => {
    const fin = champ.value.lastIndexOf(",");
    const debut = fin < 0 ? "" : `${champ.value.slice(0, fin).trim()}, `;
    const pris = new Set(debut.split(",").map((tag) => tag.trim().toLocaleLowerCase("fr")));
    const libres = suggestions.filter((tag) => !pris.has(tag.toLocaleLowerCase("fr")));
    liste.replaceChildren(...libres.map((tag) => new Option("", debut + tag)));
  };
  champ.setAttribute("list", liste.id);
  champ.addEventListener("input", proposer);
  proposer();
}
