import type { BodyShape } from '../plan.ts';

/** A planned answer's body and its type. */
export interface AnswerBody {
  readonly contentType?: string;
  readonly text: string;
}

/** What GitLab's application limiter says; its other errors name status and reason. */
const TOO_MANY = 'This endpoint has been requested too many times. Try again later.';

/** Makes the body of a planned answer. */
export function answerBody(shape: BodyShape, status: number, reason: string): AnswerBody {
  switch (shape) {
    case 'empty':
      return { text: '' };
    case 'json':
      return {
        contentType: 'application/json',
        text: JSON.stringify({ message: status === 429 ? { error: TOO_MANY } : `${status} ${reason}` }),
      };
    case 'text': {
      const title = `${status} ${reason}`;
      const page = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n</body>\n</html>\n`;
      return { contentType: 'text/html', text: page };
    }
  }
}
