/** The version of this package, as in its package.json. */
export declare const version: string;
