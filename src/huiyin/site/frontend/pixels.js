// Places in a picture, and how they lose their detail. Blocks are averaged so large that no face and no number is in them
// any more: a soft blur can be undone, an average cannot.
export function spot(canvas, event) {
  const seen = canvas.getBoundingClientRect();
  const scale = canvas.width / seen.width;
  return { x: (event.clientX - seen.left) * scale, y: (event.clientY - seen.top) * scale };
}

export function between(one, other) {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return { x, y, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) };
}

// Returns what stood there, for undoing.
export function pixelate(canvas, area) {
  const ink = canvas.getContext("2d");
  const x = Math.min(canvas.width - 1, Math.max(0, Math.floor(area.x)));
  const y = Math.min(canvas.height - 1, Math.max(0, Math.floor(area.y)));
  const width = Math.max(1, Math.min(canvas.width, Math.ceil(area.x + area.width)) - x);
  const height = Math.max(1, Math.min(canvas.height, Math.ceil(area.y + area.height)) - y);
  const pixels = ink.getImageData(x, y, width, height);
  const block = Math.ceil(Math.max(24, Math.max(canvas.width, canvas.height) / 24, Math.min(width, height) / 4));
  for (let top = 0; top < height; top += block) {
    for (let left = 0; left < width; left += block) {
      const [right, bottom] = [Math.min(width, left + block), Math.min(height, top + block)];
      ink.fillStyle = average(pixels, left, top, right, bottom);
      ink.fillRect(x + left, y + top, right - left, bottom - top);
    }
  }
  return { pixels, x, y };
}

function average({ data, width }, left, top, right, bottom) {
  const sum = [0, 0, 0];
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      for (const part of [0, 1, 2]) sum[part] += data[4 * (row * width + column) + part];
    }
  }
  const count = (right - left) * (bottom - top);
  return `rgb(${sum.map((total) => Math.round(total / count)).join(",")})`;
}
