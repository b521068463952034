// The receipt as paper or as a picture in the phone's gallery.
function picture(svg) {
  const { width, height } = svg.viewBox.baseVal;
  const copy = svg.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width * 3);
  copy.setAttribute("height", height * 3);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  return image.decode().then(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: width * 3, height: height * 3 });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
  });
}

export function startReceipt() {
  document.addEventListener("click", async (event) => {
    if (event.target.closest?.("[data-print]")) print();
    if (!event.target.closest?.("[data-save-picture]")) return;
    const ticket = document.querySelector("[data-ticket]");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await picture(ticket.querySelector("svg")));
    link.download = `${ticket.dataset.ticket}.png`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
