import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

@Entity('idempotency_answer')
@AboutCustomer('operational data: outcome and ids of a response')
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
