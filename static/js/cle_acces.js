// Passkeys: creates one, or proves that one is held, then sends the form with the answer.
// A form says what it wants: data-cle="creation" | "preuve" | "connexion"; the options come from
// the JSON block named by data-cle-options, or (connexion) from the form's own address.

const enOctets = (texte) => {
  const base64 = texte.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (lettre) => lettre.charCodeAt(0));
};

const enTexte = (octets) => {
  if (!octets) return undefined;
  const binaire = Array.from(new Uint8Array(octets), (octet) => String.fromCharCode(octet));
  return btoa(binaire.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const avecCles = (liste) => (liste ?? []).map((cle) => ({ ...cle, id: enOctets(cle.id) }));

async function creer(options, seule) {
  const voulu = { ...options.publicKey };
  voulu.challenge = enOctets(voulu.challenge);
  voulu.user = { ...voulu.user, id: enOctets(voulu.user.id) };
  voulu.excludeCredentials = avecCles(voulu.excludeCredentials);
  voulu.authenticatorSelection = {
    ...voulu.authenticatorSelection,
    residentKey: seule ? "required" : "discouraged",
    requireResidentKey: seule,
    ...(seule && { userVerification: "required" }),
  };
  const cle = await navigator.credentials.create({ publicKey: voulu });
  return decrire(cle, {
    clientDataJSON: enTexte(cle.response.clientDataJSON),
    attestationObject: enTexte(cle.response.attestationObject),
    transports: cle.response.getTransports?.() ?? [],
  });
}

async function prouver(options) {
  const voulu = { ...options.publicKey };
  voulu.challenge = enOctets(voulu.challenge);
  voulu.allowCredentials = avecCles(voulu.allowCredentials);
  const cle = await navigator.credentials.get({ publicKey: voulu });
  return decrire(cle, {
    clientDataJSON: enTexte(cle.response.clientDataJSON),
    authenticatorData: enTexte(cle.response.authenticatorData),
    signature: enTexte(cle.response.signature),
    userHandle: enTexte(cle.response.userHandle),
  });
}

const decrire = (cle, response) => ({
  id: cle.id,
  rawId: enTexte(cle.rawId),
  type: cle.type,
  authenticatorAttachment: cle.authenticatorAttachment,
  clientExtensionResults: cle.getClientExtensionResults(),
  response,
});

async function optionsDe(formulaire) {
  const bloc = document.getElementById(formulaire.dataset.cleOptions);
  if (bloc) {
    const donnees = JSON.parse(bloc.textContent);
    return donnees.creation_options ?? donnees.request_options;
  }
  const reponse = await fetch(formulaire.action, { headers: { Accept: "application/json" } });
  if (!reponse.ok) throw new Error("indisponible");
  return (await reponse.json()).request_options;
}

const PAROLES = {
  NotAllowedError: "L’appareil n’a pas confirmé. Vous pouvez réessayer ou choisir une autre façon.",
  InvalidStateError: "Cette clé est déjà enregistrée dans votre compte.",
  SecurityError: "Les clés d’accès ne fonctionnent qu’à l’adresse habituelle du hub.",
};

function preparer(formulaire) {
  const bouton = formulaire.querySelector("[data-cle-bouton]");
  const message = formulaire.querySelector("[data-cle-message]");
  if (!window.PublicKeyCredential) {
    formulaire.querySelector("[data-cle-absente]").hidden = false;
    return;
  }
  bouton.hidden = false;
  formulaire.addEventListener("submit", async (evenement) => {
    evenement.preventDefault();
    bouton.disabled = true;
    message.textContent = "Suivez ce que demande votre appareil…";
    try {
      const options = await optionsDe(formulaire);
      const seule = formulaire.querySelector("[name=passwordless]")?.checked ?? false;
      const reponse =
        formulaire.dataset.cle === "creation" ? await creer(options, seule) : await prouver(options);
      formulaire.querySelector("[name=credential]").value = JSON.stringify(reponse);
      HTMLFormElement.prototype.submit.call(formulaire);
    } catch (erreur) {
      message.textContent = PAROLES[erreur.name] ?? "Cela n’a pas marché. Réessayez.";
      bouton.disabled = false;
    }
  });
}

document.querySelectorAll("form[data-cle]").forEach(preparer);
