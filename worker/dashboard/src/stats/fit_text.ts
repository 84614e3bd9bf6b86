// Text that must end within a width that no style sheet can hold it to: in charts and in pictures.

/** Shortened to the room that there is. */
export function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let short = text;
  while (short.length > 1 && context.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}

let measuring: CanvasRenderingContext2D | null | undefined;

/** As `fitted`, in the page's font at a size in rem. */
export function fittedLabel(text: string, room: number, rem: number): string {
  measuring ??= document.createElement("canvas").getContext("2d");
  if (measuring === null) return text;
  const size = rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  measuring.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return fitted(measuring, text, room);
}
