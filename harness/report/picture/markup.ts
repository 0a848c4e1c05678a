/** Makes a text safe inside HTML and SVG, as content and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replace(HIDING, picture);
}

/** Control characters but tab and line breaks, and those that turn the writing direction: none may hide in a log line. */
const HIDING = /[^\P{Cc}\t\n\r]|\p{Bidi_Control}/gu;

function picture(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
}

/** Cuts a text to so many characters. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1))}…`;
}
