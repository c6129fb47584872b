/* Looks over the page as a screen reader and weak eyes would. Returns what is wrong. */
() => {
  const shown = (node) => node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && node.getClientRects().length > 0;
  const modal = document.querySelector("dialog[open]");
  const scope = [...(modal ?? document.querySelector("#clipbot") ?? document.body).querySelectorAll("*")].filter(shown);
  const label = (node) => `${node.tagName.toLowerCase()}.${node.className}`;

  const nameless = scope.filter((node) => node.matches("button, a[href], input, select, textarea, video, [role=option]"))
    .filter((node) => !(node.getAttribute("aria-label") || node.getAttribute("aria-hidden") === "true"
      || node.textContent.trim() || node.labels?.[0]?.textContent.trim() || node.closest("label")?.textContent.trim())).map(label);

  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  const twice = [...new Set(ids.filter((id, place) => id && ids.indexOf(id) !== place))];

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, below) => [0, 1, 2].map((place) => top[place] * top[3] + below[place] * (1 - top[3])).concat(1);
  const light = (colour) => {
    const [red, green, blue] = colour.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      if (at !== node && at.matches(".shot, .piece, .preview, .screen")) return null; // over a picture
      const colour = rgba(getComputedStyle(at).backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const hasWords = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  const faint = [];
  for (const node of scope.filter(hasWords)) {
    if (node.closest(":disabled, option, [aria-hidden=true]")) continue;
    const ground = behind(node);
    if (!ground) continue;
    const style = getComputedStyle(node), size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.6 && style.fontWeight >= 700) ? 3 : 4.5;
    const [one, two] = [light(over(rgba(style.color), ground)), light(ground)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    if (ratio < needed) faint.push(`${label(node)} ${node.textContent.trim().slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return { nameless, twice, faint: [...new Set(faint)] };
}
