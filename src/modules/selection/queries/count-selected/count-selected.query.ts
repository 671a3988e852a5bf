import { Query } from '@nestjs/cqrs';
import type { SelectionCriteria } from '../../selection-criteria';

/** Counts the customers who meet the criteria now. */
export class CountSelected extends Query<number> {
  constructor(readonly criteria: SelectionCriteria) {
    super();
  }
}
