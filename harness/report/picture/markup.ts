/** Makes a text safe inside HTML and SVG, as content and in a quoted attribute. */
export function escapeHtml(text: string): string {
  // Control characters other than tab and line breaks show as their picture, so that nothing hides in a log line.
  return text
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (character) =>
      String.fromCharCode(0x2400 + character.charCodeAt(0)),
    )
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** Cuts a text to so many characters. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1))}…`;
}
