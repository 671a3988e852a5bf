import { Query } from '@nestjs/cqrs';
import type { Letter } from '../../letters/letter';
import type { LetterTemplate } from '../../letters/letter-template';

/**
 * A letter to each customer of a saved list, to be read at the caller's pace: to those who consented to advertising by
 * post, or, when the letter is part of a contract, to all. Never to anonymized or merged customers.
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
