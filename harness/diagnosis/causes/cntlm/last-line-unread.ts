import type { Cause } from '../cause.ts';

export const lastLineUnreadCause: Cause = {
  id: 'cntlm/last-line-unread',
  severity: 'error',
  title: 'cntlm does not read the last line of its file, as no line break ends it.',
  seen: 'The last line of cntlm.conf is a setting and has no line break. With Listen there cntlm says “No proxy service ports were successfully opened”. A last line that is blank or a comment does no harm.',
  fix: 'End the last line with a line break.',
  symptoms: ['No proxy service ports were successfully opened'],
  find: (picture) =>
    picture.all('cntlm').flatMap(({ unreadLast, piece }) => {
      // A part of a report, or what somebody pasted, tells nothing of the last byte of the file.
      if (!unreadLast || piece.skipped > 0) return [];
      return [
        {
          ...unreadLast,
          says: 'No line break ends this last line, and cntlm does not read it.',
          remedy: {
            says: 'Add a line break at the end of the file.',
            edits: [{ ...unreadLast, to: `${piece.text.split('\n').at(-1)}\n` }],
          },
        },
      ];
    }),
};
