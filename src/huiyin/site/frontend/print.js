/* A sheet of paper, printed from its own button. */
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
