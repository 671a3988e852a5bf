import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { TestApp } from './test-app';

/** The routes as their controllers declare them, such as `POST /customers/:id/merge`. */
export function routesOf(app: TestApp): string[] {
  const controllers = [...app.nest.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    const handlers = Object.values(Object.getOwnPropertyDescriptors((metatype as Type).prototype as object))
      .map(({ value }) => value as unknown)
      .filter((value): value is object => typeof value === 'function' && Reflect.hasMetadata(METHOD_METADATA, value));
    return handlers.flatMap((handler) =>
      pathsOf(metatype as Type).flatMap((base) =>
        pathsOf(handler).map((path) => {
          const parts = [base, path].map((part) => part.replaceAll(/^\/+|\/+$/g, '')).filter(Boolean);
          return `${RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]} /${parts.join('/')}`;
        }),
      ),
    );
  });
}

const pathsOf = (target: object) => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
