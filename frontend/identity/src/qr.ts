import { encode } from 'uqr';

/** A QR code as the path of an SVG whose view box is `0 0 size size`. */
export interface QrPath {
  size: number;
  d: string;
}

/** The quiet zone that scanners need around a code, in modules. */
const QUIET_ZONE = 4;

/** Draws a text as a QR code, one unit per module. */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const d = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { size, d };
}
