// A pin on a map, with or without tiles: without, a plain ground with the names of the areas.
import * as L from "leaflet/dist/leaflet-src.esm.js"; // the UMD build would need a shared runtime chunk
import "leaflet/dist/leaflet.css";
import "./map.css";

async function areasOf(element) {
  const { areas } = element.dataset;
  if (!areas) return null;
  if (areas.startsWith("#")) return JSON.parse(document.querySelector(areas).textContent);
  const response = await fetch(areas, { headers: { Accept: "application/json" } });
  return response.ok ? response.json() : null;
}

function inputs(element) {
  const { latInput, lonInput } = element.dataset;
  return [latInput, lonInput].map((selector) => selector && document.querySelector(selector));
}

function showAreas(map, areas) {
  const labels = [];
  L.geoJSON(areas, {
    style: (feature) => (feature.geometry.type.endsWith("Polygon") ? { className: "map-ground" } : {}),
    pointToLayer: (feature, at) => {
      const small = feature.properties.kind !== "street";
      const dot = L.circleMarker(at, { radius: small ? 3 : 5, className: small ? "map-dot map-dot-small" : "map-dot", interactive: false });
      labels.push([dot, small]);
      return dot.bindTooltip(feature.properties.name, {
        permanent: true,
        direction: "right",
        className: small ? "map-label map-label-small" : "map-label",
      });
    },
  }).addTo(map);
  // Names of small areas appear when there is room for them.
  const declutter = () => {
    map.getContainer().classList.toggle("map-close", map.getZoom() >= 14);
    map.getContainer().classList.toggle("map-far", map.getZoom() < 12);
  };
  map.on("zoomend", declutter);
  declutter();
}

export async function draw(element) {
  const { lat, lon, tiles, attribution, readonly, zoom } = element.dataset;
  const [latInput, lonInput] = inputs(element);
  const map = L.map(element, { attributionControl: Boolean(tiles), zoomControl: true, scrollWheelZoom: readonly === undefined, zoomSnap: tiles ? 1 : 0.5 });
  const ring = L.divIcon({ className: "map-pin", iconSize: [34, 44], iconAnchor: [17, 42], html: element.querySelector("template")?.innerHTML ?? "" });
  let pin = null;
  const place = (at, tell = true) => {
    if (pin) pin.setLatLng(at);
    else {
      pin = L.marker(at, { icon: ring, draggable: readonly === undefined, keyboard: false, alt: element.dataset.label ?? "" }).addTo(map);
      pin.on("dragend", () => place(pin.getLatLng()));
    }
    if (!tell) return;
    for (const [input, value] of [[latInput, at.lat], [lonInput, at.lng]]) {
      if (!input) continue;
      input.value = value.toFixed(6);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  const start = latInput?.value && lonInput?.value ? [+latInput.value, +lonInput.value] : null;
  map.setView(start ?? [+lat || 39.9, +lon || 116.4], +zoom || (start ? 16 : 12));
  if (tiles) L.tileLayer(tiles, { attribution: attribution ?? "" }).addTo(map);
  const areas = await areasOf(element);
  if (areas?.features?.length) {
    showAreas(map, areas);
    if (!start && !zoom) map.fitBounds(L.geoJSON(areas).getBounds(), { padding: [28, 28], maxZoom: 14, animate: false });
  }
  const named = document.getElementById(element.dataset.placeInput);
  const goThere = () => {
    const area = areas?.features.find((feature) => [feature.properties.name, feature.properties.place].includes(named.value.trim()));
    if (area && !pin) map.setView([...area.geometry.coordinates].reverse(), 15);
  };
  named?.addEventListener("input", goThere);
  if (named && !start) goThere();
  if (start || element.dataset.pin !== undefined) place(L.latLng(start ?? [+lat, +lon]), false);
  if (readonly !== undefined) return;
  map.on("click", (event) => place(event.latlng));
  element.parentElement.querySelector("[data-pin-centre]")?.addEventListener("click", () => place(map.getCenter()));
  const here = element.parentElement.querySelector("[data-pin-here]");
  if (here && navigator.geolocation && isSecureContext) {
    here.hidden = false;
    here.addEventListener("click", () => map.locate({ setView: true, maxZoom: 17, enableHighAccuracy: true }));
    map.on("locationfound", (event) => place(event.latlng));
  }
}
