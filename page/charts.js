// A candle chart on a canvas.

import { context, palette } from "./dom.js";

/** @param candles oldest first: {time, open, high, low, close, volume}
 *  @param isMarked says of a candle whether its ground is marked */
export function drawCandles(canvas, candles, isMarked = () => false) {
  const { drawing, width, height } = context(canvas), colours = palette();
  if (!candles.length) return;
  const right = 58, bottom = 16, bars = height * 0.2, top = 6;
  const high = Math.max(...candles.map(({ high }) => high)), low = Math.min(...candles.map(({ low }) => low));
  const most = Math.max(1, ...candles.map(({ volume }) => volume));
  const y = (price) => top + ((high - price) / Math.max(1, high - low)) * (height - bars - bottom - top);
  const slot = Math.min(18, (width - right) / candles.length);
  drawing.font = "11px system-ui, sans-serif";
  drawing.textBaseline = "middle";
  for (let line = 0; line <= 4; line++) {
    const price = low + ((high - low) * line) / 4;
    drawing.fillStyle = colours.line;
    drawing.fillRect(0, y(price), width - right, 1);
    drawing.fillStyle = colours.quiet;
    drawing.fillText(Math.round(price).toLocaleString("en"), width - right + 4, y(price));
  }
  candles.forEach((candle, index) => {
    const x = index * slot + slot / 2, body = Math.max(1, slot * 0.66);
    if (isMarked(candle)) {
      drawing.fillStyle = colours.mark;
      drawing.fillRect(index * slot, top, slot, height - bottom - top);
    }
    drawing.fillStyle = candle.close >= candle.open ? colours.up : colours.down;
    drawing.fillRect(x - 0.5, y(candle.high), 1, Math.max(1, y(candle.low) - y(candle.high)));
    drawing.fillRect(x - body / 2, y(Math.max(candle.open, candle.close)), body, Math.max(1, Math.abs(y(candle.open) - y(candle.close))));
    drawing.globalAlpha = 0.5;
    const tall = (candle.volume / most) * (bars - 4);
    drawing.fillRect(x - body / 2, height - bottom - tall, body, tall);
    drawing.globalAlpha = 1;
    if (index % Math.ceil(candles.length / 6) === 0) {
      drawing.fillStyle = colours.quiet;
      drawing.fillText(candle.time, x, height - 7);
    }
  });
}
