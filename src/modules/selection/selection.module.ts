import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer';
import { CreateSelectionController } from './commands/create-selection/create-selection.controller';
import { CreateSelectionHandler } from './commands/create-selection/create-selection.handler';
import { GetSelectionController } from './queries/get-selection/get-selection.controller';
import { GetSelectionHandler } from './queries/get-selection/get-selection.handler';
import { ListSelectionMembersController } from './queries/list-selection-members/list-selection-members.controller';
import { ListSelectionMembersHandler } from './queries/list-selection-members/list-selection-members.handler';
import { ListSelectionsController } from './queries/list-selections/list-selections.controller';
import { CountSelectedController } from './queries/count-selected/count-selected.controller';
import { CountSelectedHandler } from './queries/count-selected/count-selected.handler';
import { SelectionConditions } from './selection-conditions';
import { ListSelectionsHandler } from './queries/list-selections/list-selections.handler';

/** Selections: saved lists of customers. */
@Module({
  imports: [CustomerModule],
  controllers: [
    CreateSelectionController,
    CountSelectedController,
    ListSelectionsController,
    GetSelectionController,
    ListSelectionMembersController,
  ],
  providers: [
    SelectionConditions,
    CreateSelectionHandler,
    CountSelectedHandler,
    ListSelectionsHandler,
    GetSelectionHandler,
    ListSelectionMembersHandler,
  ],
})
export class SelectionModule {}
