// Charts from a small description: {kind: line|bar|rows, x: [...], unit, series: [{name, data, band: [low, high], soft}], hrefs: [...]}.
// hrefs: the cases behind each of x; all of its column opens them, for a low bar is hard to hit.
// null is a gap: no valid callback is never drawn as zero.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--color-${name}`).trim();

function lines(series, index, kind) {
  const accent = [colour("primary"), colour("base-content"), colour("success"), colour("warning")][index % 4];
  const own = {
    name: series.name,
    type: kind === "line" ? "line" : "bar",
    data: series.data,
    symbol: "circle",
    symbolSize: 5,
    showSymbol: series.data.length < 32,
    connectNulls: false,
    barMaxWidth: 22,
    color: series.soft ? colour("soft") : accent,
    lineStyle: { width: series.soft ? 1.5 : 2.5, type: series.soft ? [4, 5] : "solid" },
    itemStyle: { borderRadius: kind === "rows" ? [0, 6, 6, 0] : [6, 6, 0, 0] },
    z: series.soft ? 2 : 3,
  };
  if (!series.band) return [own];
  const [low, high] = series.band;
  const edge = { type: "line", stack: `band-${index}`, silent: true, symbol: "none", lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return [
    { ...edge, data: low },
    { ...edge, data: high.map((value, at) => value - low[at]), areaStyle: { color: accent, opacity: 0.13 } },
    own,
  ];
}

function optionOf({ kind = "line", x, unit = "", series }) {
  const soft = colour("soft");
  const names = { type: "category", data: x, boundaryGap: kind !== "line", inverse: kind === "rows", axisTick: { show: false }, axisLine: { lineStyle: { color: colour("line") } }, axisLabel: { color: soft } };
  const values = { type: "value", scale: kind === "line", splitLine: { lineStyle: { color: colour("line") } }, axisLabel: { color: soft, formatter: `{value}${unit}` } };
  return {
    aria: { enabled: true },
    animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("base-content") },
    grid: { left: 6, right: 14, top: series.length > 1 ? 38 : 14, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: series.length > 1 ? { data: series.map((one) => one.name), right: 0, top: 0, icon: "roundRect", itemWidth: 14, itemHeight: 3, textStyle: { color: soft } } : undefined,
    tooltip: { trigger: "axis", backgroundColor: colour("card"), borderColor: colour("line"), textStyle: { color: colour("base-content") }, valueFormatter: (value) => (value == null ? "—" : `${value}${unit}`) },
    xAxis: kind === "rows" ? values : names,
    yAxis: kind === "rows" ? names : values,
    series: series.flatMap((one, index) => lines(one, index, kind)),
  };
}

async function describe(source) {
  if (source.startsWith("#")) return JSON.parse(document.querySelector(source).textContent);
  const response = await fetch(source, { headers: { Accept: "application/json" } });
  return response.json();
}

// null where nothing stands behind it: no gap and no zero opens.
function opened(chart, { kind, series, hrefs }, event) {
  const at = [event.offsetX, event.offsetY];
  if (!chart.containPixel("grid", at)) return null;
  const nth = Math.round(chart.convertFromPixel("grid", at)[kind === "rows" ? 1 : 0]);
  return series.some((one) => one.data[nth]) ? hrefs[nth] : null;
}

function open(chart, description) {
  const ground = chart.getZr();
  ground.on("click", (event) => {
    const href = opened(chart, description, event);
    if (href) location.assign(href);
  });
  ground.on("mousemove", (event) => ground.setCursorStyle(opened(chart, description, event) ? "pointer" : "default"));
}

export async function draw(element) {
  const description = await describe(element.dataset.chart);
  const chart = init(element, null, { renderer: "svg" });
  const paint = () => chart.setOption(optionOf(description), true);
  paint();
  if (description.hrefs) open(chart, description);
  new ResizeObserver(() => chart.resize()).observe(element);
  document.addEventListener("themechange", paint);
}
