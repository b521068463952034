// The QR on a receipt leads to /track/<number>/#S<secret>: a fragment never reaches a server, so it is posted from here.
export function startSecret() {
  const form = document.querySelector("form[data-secret-form]");
  if (!form || !location.hash.startsWith("#S")) return;
  form.elements.secret.value = decodeURIComponent(location.hash.slice(2)).replace(/^=/, "");
  history.replaceState(null, "", location.pathname);
  if (form.elements.number.value) form.requestSubmit();
}
