import "./app.css";
import htmx from "htmx.org";
import { startAutosave } from "./autosave.js";
import { startConfirm } from "./confirm.js";
import { startDialogs } from "./dialogs.js";
import { startFill } from "./fill.js";
import { startChecks } from "./here.js";
import { startInsert } from "./insert.js";
import { startKeys } from "./keys.js";
import { loadLazily } from "./lazy.js";
import { startPressed } from "./pressed.js";
import { startReceipt } from "./receipt.js";
import { startRows } from "./rows.js";
import { startSecret } from "./secret.js";
import { startSession } from "./session.js";
import { startSince } from "./since.js";
import { startSteps } from "./steps.js";
import { startThemeSwitch } from "./switch.js";
import { startTicks } from "./ticks.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
// A form that needs mending and a case that somebody else moved come back as pages to be shown.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4(09|22)", swap: true, error: true },
  { code: "...", swap: false, error: true },
];
htmx.config.historyCacheSize = 0; // pages hold personal data: nothing of them goes to localStorage

startThemeSwitch();
startConfirm();
startDialogs();
startKeys();
startAutosave();
startSession();
startSince();
startRows();
startSecret();
startSteps();
startFill();
startInsert();
startPressed();
startReceipt();
startTicks();
startChecks();
loadLazily(document);
document.addEventListener("htmx:load", (event) => {
  loadLazily(event.detail.elt);
  startChecks(event.detail.elt);
});
