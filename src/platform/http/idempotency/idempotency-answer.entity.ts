import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

@Entity('idempotency_answer')
@AboutCustomer('operational: outcome and ids of an answer')
export class IdempotencyAnswer {
  @NotPersonal()
  @PrimaryColumn('uuid')
  employeeId: string;

  @NotPersonal()
  @PrimaryColumn('text')
  route: string;

  @NotPersonal()
  @PrimaryColumn('text')
  key: string;

  @NotPersonal()
  @Column('text')
  fingerprint: string;

  @NotPersonal()
  @Column('json', { nullable: true })
  answer: unknown;

  @NotPersonal()
  @Column('timestamptz')
  createdAt: Date;
}
