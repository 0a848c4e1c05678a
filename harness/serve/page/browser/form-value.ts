import type { FormField } from './fields.ts';

/** What a form's fields say together: a declaration, or what is wrong with them, by field, in sentences. */
export type FormValue =
  | { readonly value: Readonly<Record<string, unknown>> }
  | { readonly wrong: ReadonlyMap<string, string> };

/** @param written what stands in each field */
export function formValue(fields: readonly FormField[], written: (name: string) => string): FormValue {
  const wrong = new Map<string, string>();
  const value: Record<string, unknown> = {};
  for (const field of fields) {
    const text = written(field.name);
    if (text.trim() === '') {
      if (field.required) wrong.set(field.name, `${field.name} must be given.`);
      continue;
    }
    const read = readField(field, text);
    if ('wrong' in read) wrong.set(field.name, read.wrong);
    else value[field.name] = read.value;
  }
  return wrong.size > 0 ? { wrong } : { value };
}

function readField(field: FormField, text: string): { readonly value: unknown } | { readonly wrong: string } {
  switch (field.is) {
    case 'choice':
    case 'text':
      return { value: text };
    case 'yes-no':
      return { value: text === 'yes' };
    case 'number':
      return readNumber(field, text);
    case 'list':
      return readList(field, text);
    case 'json':
      return readJson(field, text);
  }
}

function readNumber({ name, whole, least, largest }: FormField, text: string) {
  const value = Number(text);
  if (Number.isNaN(value) || (whole && !Number.isInteger(value))) {
    return { wrong: `${name} must be a ${whole ? 'whole ' : ''}number.` };
  }
  if (least !== undefined && value < least) return { wrong: `${name} must be ${least} or more.` };
  if (largest !== undefined && value > largest) return { wrong: `${name} must be ${largest} or less.` };
  return { value };
}

function readList(field: FormField, text: string) {
  const items = text
    .split(/[\n,]/)
    .map((each) => each.trim())
    .filter(Boolean);
  if (!field.numbers) return { value: items };
  const numbers = items.map((each) => readNumber(field, each));
  return numbers.find((each) => 'wrong' in each) ?? { value: numbers.map((each) => each.value) };
}

/** A word need not stand in quotation marks: `on-request` is meant as a text. */
function readJson({ name, example }: FormField, text: string) {
  if (/^[a-z][a-z0-9-]*$/i.test(text.trim()) && !/^(true|false|null)$/.test(text.trim())) return { value: text.trim() };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { wrong: `${name} must be JSON, such as ${example}.` };
  }
}
