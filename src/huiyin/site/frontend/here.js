// `form[data-check]`: the phone says when the photograph was taken and where it is, and how far that is from the point.
const EARTH_M = 6371000;

function metres(one, other) {
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const north = Math.sin(rad(other.lat - one.lat) / 2) ** 2;
  const east = Math.sin(rad(other.lon - one.lon) / 2) ** 2;
  const a = north + Math.cos(rad(one.lat)) * Math.cos(rad(other.lat)) * east;
  return Math.round((2 * EARTH_M * Math.asin(Math.sqrt(Math.min(a, 1)))) / 10) * 10;
}

function located(button, said, { coords }) {
  const { lat, lon, far, place } = button.dataset;
  const { elements } = button.form;
  const spot = { lat: coords.latitude, lon: coords.longitude };
  elements.lat.value = spot.lat.toFixed(6);
  elements.lon.value = spot.lon.toFixed(6);
  elements.accuracy.value = Math.round(coords.accuracy);
  if (!elements.place.value) elements.place.value = `${place} ${spot.lat.toFixed(3)}, ${spot.lon.toFixed(3)}`;
  const words = said.dataset;
  const accurate = `${words.accuracy} ${Math.round(coords.accuracy)} ${words.metres}`;
  said.classList.remove("accent");
  if (!lat) {
    said.textContent = accurate;
    return;
  }
  const away = metres({ lat: +lat, lon: +lon }, spot);
  const shown = away < 1000 ? `${away} ${words.metres}` : `${(away / 1000).toFixed(1)} ${words.kilometres}`;
  const isFar = far && away > +far;
  said.classList.toggle("accent", Boolean(isFar));
  said.textContent = `${words.distance} ${shown} (${accurate})${isFar ? ` ${words.warning}` : ""}`;
}

function start(form) {
  const button = form.querySelector("[data-here]");
  if (button.dataset.ready !== undefined) return;
  button.dataset.ready = "";
  form.querySelector("[type=file]").addEventListener("change", () => {
    form.elements.visited_at.value = new Date().toISOString();
  });
  if (!navigator.geolocation || !isSecureContext) return;
  const said = form.querySelector("[data-here-said]");
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = said.dataset.waiting;
    navigator.geolocation.getCurrentPosition(
      (found) => located(button, said, found),
      () => { said.textContent = said.dataset.refused; },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
    );
  });
}

export function startChecks(root = document) {
  for (const form of root.querySelectorAll("form[data-check]")) start(form);
}
