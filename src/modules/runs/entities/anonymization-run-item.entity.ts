import { Column, Entity, PrimaryColumn } from 'typeorm';
import { StoresBlockers } from '../../../kernel/blocker';
import type { FailureCode } from '../../../kernel/failure-code';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';
import { ITEM_BLOCKERS } from '../queries/item-blockers.queries';

@Entity('anonymization_run_item')
@AboutCustomer('operational data with customer ids and numbers only')
@StoresBlockers(ITEM_BLOCKERS)
export class AnonymizationRunItem {
  @NotPersonal()
  @PrimaryColumn('uuid')
  runId: string;

  @NotPersonal()
  @PrimaryColumn('uuid')
  customerId: string;

  @NotPersonal()
  @Column('text')
  customerNumber: string;

  @NotPersonal()
  @Column('text')
  state: string;

  @NotPersonal()
  @Column('json', { nullable: true })
  blockers: unknown;

  @NotPersonal()
  @Column('text', { nullable: true })
  failureCode: FailureCode | null;

  @NotPersonal('table, column and id of the record that failed')
  @Column('json', { nullable: true })
  failure: unknown;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  firstDeferredAt: Date | null;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  deferredAt: Date | null;
}
