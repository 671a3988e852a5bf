import { Query } from '@nestjs/cqrs';
import type { Letter } from '../../letters/letter';
import type { LetterTemplate } from '../../letters/letter-template';

/**
 * Streams one letter per customer of a selection at the caller's pace. Recipients are the customers who consented to
 * advertising by post; a letter that is part of a contract goes to all. Anonymized and merged customers never get one.
 */
export class WriteLetters extends Query<AsyncIterable<Letter>> {
  constructor(
    readonly selectionId: string,
    readonly template: LetterTemplate,
    readonly contractual: boolean,
  ) {
    super();
  }
}
