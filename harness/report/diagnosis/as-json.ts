import type { Diagnosis, Unread } from '../../diagnosis/index.ts';
import { maskedText } from '../../url/index.ts';

/** A diagnosis as `check --json` prints it; without a password, whatever the files have. */
export function diagnosisAsJson(diagnosis: Diagnosis): object {
  const { picture } = diagnosis;
  return {
    findings: diagnosis.findings.map(({ cause, severity, file, line, says, remedy, runner }) => ({
      cause,
      severity,
      file,
      ...(line === undefined ? {} : { line }),
      says: maskedText(says),
      remedy: {
        says: maskedText(remedy.says),
        ...(remedy.edits ? { edits: remedy.edits.map((edit) => ({ ...edit, to: maskedText(edit.to) })) } : {}),
      },
      ...(runner === undefined ? {} : { runner }),
    })),
    picture: {
      settings: picture.settings.map(({ name, value, scope, effective, file, line }) => ({
        name,
        value: maskedText(value),
        of: scope.of,
        ...('unit' in scope ? { unit: scope.unit } : {}),
        ...('runner' in scope ? { runner: scope.runner.name } : {}),
        effective,
        file,
        line,
      })),
      gitlab: picture.gitlabHosts,
    },
    read: diagnosis.read,
    unread: diagnosis.unread satisfies readonly Unread[],
    asks: diagnosis.asks,
  };
}
