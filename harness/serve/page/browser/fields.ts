/** What a form asks for in one place. */
export interface FormField {
  readonly name: string;
  /** `list` is of texts or whole numbers, one a line; `json` is whatever no field is made for. */
  readonly is: 'choice' | 'number' | 'text' | 'yes-no' | 'list' | 'json';
  readonly required: boolean;
  /** Of a choice. */
  readonly options: readonly string[];
  /** Of a number or a list: whether they are whole. */
  readonly whole: boolean;
  /** Of a list: whether of numbers. */
  readonly numbers: boolean;
  /** Of a number: the least and the largest one, where that says something. */
  readonly least?: number;
  readonly largest?: number;
  /** An example of what may stand there, or of what is meant. */
  readonly example: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** What a browser's form can say exactly; beyond it a limit is none. */
const EXACT = Number.MAX_SAFE_INTEGER;

/**
 * The fields of a form for a JSON Schema of an object. What has one value only is none: that is sent as it is.
 * @param schema such as `FaultKind.schema`
 */
export function fieldsOf(schema: Schema): FormField[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const required = new Set((schema['required'] ?? []) as readonly string[]);
  const fields = Object.entries(properties)
    .filter(([, property]) => !('const' in property))
    .map(([name, property]) => fieldOf(name, property, required.has(name)));
  // What must be said is asked first.
  return [...fields.filter((each) => each.required), ...fields.filter((each) => !each.required)];
}

/** What stands in a declaration as it is: `{ fault: 'delay' }`. */
export function constantsOf(schema: Schema): Record<string, unknown> {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const constants = Object.entries(properties).filter(([, property]) => 'const' in property);
  return Object.fromEntries(constants.map(([name, property]) => [name, property['const']]));
}

function fieldOf(name: string, property: Schema, required: boolean): FormField {
  const field = { name, required, options: [], whole: false, numbers: false, example: '' };
  const options = property['enum'];
  if (Array.isArray(options) && options.every((each) => typeof each === 'string')) {
    return { ...field, is: 'choice', options };
  }
  switch (property['type']) {
    case 'integer':
    case 'number':
      return { ...field, is: 'number', whole: property['type'] === 'integer', ...limitsOf(property) };
    case 'boolean':
      return { ...field, is: 'yes-no', options: ['yes', 'no'] };
    case 'string':
      return { ...field, is: 'text' };
    case 'array':
      return (
        listOf(field, (property['items'] ?? {}) as Schema) ?? { ...field, is: 'json', example: exampleOf(property) }
      );
    default:
      return { ...field, is: 'json', example: exampleOf(property) };
  }
}

function listOf(field: Omit<FormField, 'is'>, items: Schema): FormField | undefined {
  const type = items['type'];
  if (type === 'string' && !('enum' in items)) return { ...field, is: 'list' };
  if (type === 'integer' || type === 'number')
    return { ...field, is: 'list', numbers: true, whole: type === 'integer' };
  return undefined;
}

function limitsOf(property: Schema): Pick<FormField, 'least' | 'largest'> {
  const { minimum, exclusiveMinimum, maximum } = property as Readonly<Record<string, number | undefined>>;
  const above = exclusiveMinimum === undefined || property['type'] !== 'integer' ? undefined : exclusiveMinimum + 1;
  const least = minimum ?? above;
  return {
    ...(least === undefined || least <= -EXACT ? {} : { least }),
    ...(maximum === undefined || maximum >= EXACT ? {} : { largest: maximum }),
  };
}

/** What a declaration may look like, as JSON: the first thing that a schema allows. */
function exampleOf(schema: Schema): string {
  const alternatives = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined;
  if (alternatives) return alternatives.map(exampleOf).join(' or ');
  return JSON.stringify(sampleOf(schema));
}

function sampleOf(schema: Schema): unknown {
  const options = schema['enum'] as readonly unknown[] | undefined;
  if (options) return options[0];
  if ('const' in schema) return schema['const'];
  const {
    properties = {},
    prefixItems,
    items,
    additionalProperties,
  } = schema as Readonly<Record<string, Schema | undefined>>;
  switch (schema['type']) {
    case 'object':
      return typeof additionalProperties === 'object'
        ? { name: sampleOf(additionalProperties) }
        : Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, sampleOf(each as Schema)]));
    case 'array':
      return prefixItems ? (prefixItems as unknown as readonly Schema[]).map(sampleOf) : items ? [sampleOf(items)] : [];
    case 'integer':
    case 'number':
      return schema['minimum'] === undefined || Number(schema['minimum']) < 0 ? 1 : Number(schema['minimum']);
    case 'boolean':
      return true;
    default:
      return 'text';
  }
}
