/** The files of a report, in the order of their names. */
export const REPORT_FILES = [
  'ctrf-report.json',
  'junit.xml',
  'ledger.ndjson',
  'metrics.txt',
  'report.html',
  'results.json',
  'run.har',
  'summary.md',
];
