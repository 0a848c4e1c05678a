import { variableOf } from '../../picture/variables.ts';
import { placeOf, remedy } from '../_editing.ts';
import { isSameValue } from '../_same-value.ts';
import type { Cause } from '../cause.ts';
import { type AssignedTogether, assignedTogether } from './_assigned.ts';

export const variableSetTwiceCause: Cause = {
  id: 'selection/variable-set-twice',
  severity: 'warning',
  title: 'The same variable is set more than once, and the last value wins.',
  seen: 'The same name with different values in one file, such as http_proxy three times where https_proxy and ftp_proxy were meant. The same value twice does no harm; each of several runners has variables of its own; scripts may set one under conditions.',
  fix: 'Set each variable once.',
  symptoms: ['the old proxy is still used'],
  find: (picture) =>
    assignedTogether(picture).flatMap((together) => {
      if (together.of === 'dump' || isConditional(together)) return [];
      const before = new Map<string, { value: string; line: number }>();
      return together.assigned.flatMap((each) => {
        const earlier = before.get(each.name);
        before.set(each.name, each);
        if (!variableOf(each.name) || !earlier || isSameValue(each.name, earlier.value, each.value)) return [];
        // To clear a variable first, or to add to what it has, is meant so.
        if (earlier.value.trim() === '' || each.value.includes(earlier.value) || refersTo(each.value, each.name))
          return [];
        return [
          {
            ...placeOf(each),
            at: each.name,
            says: `${each.name} is set in line ${earlier.line} as well, to something else; the last value wins.`,
            remedy: remedy(`Set ${each.name} once; if another variable was meant, write its name.`),
          },
        ];
      });
    }),
};

/** Whether a script decides which of its assignments count. */
const isConditional = ({ of, text }: AssignedTogether): boolean =>
  of === 'shell' && /^[ \t]*(?:if|case|function|elif|else|\w+[ \t]*\(\))\b|\(\)[ \t]*\{|\bunset\b|&&|\|\|/m.test(text);

const refersTo = (value: string, name: string): boolean => new RegExp(String.raw`\$\{?${name}\b`).test(value);
