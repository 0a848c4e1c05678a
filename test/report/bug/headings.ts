/** The headings of gitlab-runner's own template for bugs. */
export const BUG_HEADINGS = [
  '## Summary',
  '## Steps to reproduce',
  '## Actual behavior',
  '## Expected behavior',
  '## Relevant logs and/or screenshots',
  '## Environment description',
  '### Used GitLab Runner version',
  '## Possible fixes',
];
