import { cosineDistance, cosineSimilarity } from "./cosine.js";
import { euclideanDistance, squaredEuclidean, squaredEuclideanDistance } from "./distance.js";
import { dotProduct } from "./dot.js";
import * as matrices from "./matrix.js";
import * as normal from "./normalize.js";
import { hammingDistance, quantize } from "./quantize.js";
import { batchCosineSimilarityTopk, topKArrays, topKSimilar, topKSimilarNormalized } from "./topk.js";

/** Every function on vectors, as a static method. */
export class VectorOps {
  static readonly batchCosineSimilarity = matrices.batchCosineSimilarity;
  static readonly batchCosineSimilarityNormalized = matrices.batchCosineSimilarityNormalized;
  static readonly batchCosineSimilarityTopk = batchCosineSimilarityTopk;
  static readonly batchNormalizeVectors = normal.batchNormalizeVectors;
  static readonly cosineDistance = cosineDistance;
  static readonly cosineSimilarity = cosineSimilarity;
  static readonly cosineSimilarityBatch = matrices.cosineSimilarityBatch;
  static readonly cosineSimilarityMatrix = matrices.cosineSimilarityMatrix;
  static readonly dotProduct = dotProduct;
  static readonly euclideanDistance = euclideanDistance;
  static readonly hammingDistance = hammingDistance;
  static readonly norm = normal.norm;
  static readonly normalize = normal.normalize;
  static readonly normalizeBatch = normal.normalizeBatch;
  static readonly normalizeBatchInplace = normal.normalizeBatchInplace;
  static readonly normalizeInplace = normal.normalizeInplace;
  static readonly pairwiseDistances = matrices.pairwiseDistances;
  static readonly quantize = quantize;
  static readonly similarityMatrix = matrices.similarityMatrix;
  static readonly squaredEuclidean = squaredEuclidean;
  static readonly squaredEuclideanDistance = squaredEuclideanDistance;
  static readonly topKArrays = topKArrays;
  static readonly topKSimilar = topKSimilar;
  static readonly topKSimilarNormalized = topKSimilarNormalized;
}
