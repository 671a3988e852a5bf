import { Column, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import type { Role } from '../../../kernel/role';
import { HoldsNoCustomerData, NamesOthers, NotPersonal } from '../../../kernel/personal-data';

@Entity('employee')
@HoldsNoCustomerData('employees of the chain, who remain accountable for their actions and are never deleted')
export class Employee {
  @NotPersonal()
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @NotPersonal('names an employee')
  @Column('text')
  username: string;

  @NamesOthers()
  @NotPersonal('names an employee; part of the label')
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
  @Column('timestamptz')
  createdAt: Date;

  @NotPersonal()
  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
