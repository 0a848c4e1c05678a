/**
 * A text as one word of a shell's script, which gets it as it is: inside single quotes every character but the quote
 * stands for itself (POSIX.1-2024, Shell Command Language, 2.2.2). A NUL cannot be in it.
 */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
