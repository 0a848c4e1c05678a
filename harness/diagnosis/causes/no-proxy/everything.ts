import { scopeKey } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { entryFinding, lists } from './_lists.ts';

export const everythingCause: Cause = {
  id: 'no-proxy/everything',
  severity: 'error',
  title: 'NO_PROXY=* switches the proxy off.',
  seen: '* alone beside a proxy; in a list Go and Node alone take it so. Not in a job that is meant to go direct.',
  fix: 'Name the hosts that are to be asked directly.',
  symptoms: ['everything goes direct, dial tcp i/o timeout'],
  find: (picture) =>
    lists(picture).flatMap((list) => {
      const wrong = list.entries.filter((entry) => entry === '*');
      if (wrong.length === 0) return [];
      const beside = picture.settings.some(
        ({ variable, scope, effective, value }) =>
          effective && variable !== 'NO_PROXY' && value !== '' && scopeKey(scope) === scopeKey(list.scope),
      );
      // A job of its own that says * is meant to go direct.
      if (!beside || (list.scope.of === 'ci' && list.scope.job !== undefined)) return [];
      const alone = list.entries.length === 1;
      return entryFinding(picture, list, {
        wrong,
        ...(alone ? {} : { severity: 'warning' as const }),
        says: `The * in ${list.setting.name} switches the proxy off for everything${alone ? '' : ', for Go (runner, docker) and Node'}: all is asked for directly.`,
        remedy: 'Name the hosts that are to be asked directly.',
      });
    }),
};
