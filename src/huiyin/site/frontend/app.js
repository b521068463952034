import "./app.css";
import htmx from "htmx.org";
import { startAutosave } from "./autosave.js";
import { startConfirm } from "./confirm.js";
import { startKeys } from "./keys.js";
import { loadLazily } from "./lazy.js";
import { startSecret } from "./secret.js";
import { startSession } from "./session.js";
import { startThemeSwitch } from "./switch.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0; // pages hold personal data: nothing of them goes to localStorage

startThemeSwitch();
startConfirm();
startKeys();
startAutosave();
startSession();
startSecret();
loadLazily(document);
document.addEventListener("htmx:load", (event) => loadLazily(event.detail.elt));
