import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../kernel/personal-data';

@Entity('outbox')
@AboutCustomer('operational data: ids of contents to delete')
export class OutboxMessage {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('text')
  topic: string;

  @NotPersonal()
  @Column('jsonb')
  payload: unknown;

  @NotPersonal()
  @Column('integer')
  attempts: number;

  @NotPersonal()
  @Column('timestamptz')
  dueAt: Date;

  @NotPersonal()
  @Column('timestamptz')
  createdAt: Date;
}
