// What htmx needs from the session: the CSRF token, and a whole page when the session has ended.
export function startSession() {
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] ??= token;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    const answered = xhr.responseURL && new URL(xhr.responseURL).pathname;
    const asked = new URL(pathInfo.requestPath, location.href).pathname;
    if (answered && answered !== asked && xhr.responseText.includes('type="password"')) {
      event.detail.shouldSwap = false;
      xhr.signedOut = true; // later events get another detail, but the same request
      location.reload(); // asked again, the server leads to the sign-in and back here
    }
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      if ([409, 422].includes(event.detail.xhr?.status)) return; // shown in the page
      const note = document.getElementById("offline");
      if (note) note.hidden = false;
    });
  }
  document.addEventListener("htmx:afterSwap", () => {
    const note = document.getElementById("offline");
    if (note) note.hidden = true;
  });
}
