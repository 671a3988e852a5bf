import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import type { Role } from '../../../kernel/role';
import { HoldsNoCustomerData, NamesOthers, NotPersonal } from '../../../kernel/personal-data';

@Entity('employee')
@HoldsNoCustomerData('staff of the chain, who answer for what they did and are never deleted')
export class Employee {
  @NotPersonal()
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @NotPersonal('names a member of staff')
  @Column('text')
  username: string;

  @NamesOthers()
  @NotPersonal('names a member of staff; stands in the label of A1')
  @Column('text')
  displayName: string;

  @NotPersonal('permission')
  @Column('text')
  role: Role;

  @NotPersonal('argon2id hash of the password')
  @Column('text')
  passwordHash: string;

  @NotPersonal('permission')
  @Column('boolean')
  active: boolean;

  /** Tokens issued before this time are refused. Null when the password was never changed. */
  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  passwordChangedAt: Date | null;

  @NotPersonal()
  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @NotPersonal()
  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
