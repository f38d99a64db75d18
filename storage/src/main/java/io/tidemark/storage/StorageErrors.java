package io.tidemark.storage;

import io.tidemark.common.TidemarkException;
import io.tidemark.connector.FileSystems;
import io.tidemark.connector.Version;

/** Errors of locations, and of the file systems and object stores that they are on. */
public final class StorageErrors {

  private StorageErrors() {}

  /** A file system on which nothing can be decided once. */
  public static TidemarkException unsupportedFileSystem(String location, String scheme) {
    return TidemarkException.of(
        "TM-700",
        """
        Cannot use location %s: there is no atomic create-if-absent for file system "%s".
        Use %s.""",
        location,
        scheme,
        FileSystems.TEXT);
  }

  /** A location that cannot be reached or written at all. */
  public static TidemarkException unusableLocation(String location, Throwable cause) {
    return unusableLocation(
        location,
        cause.getMessage()
            + ". The workers need permission to create, read and delete files there.",
        cause);
  }

  /**
   * A location that this worker cannot use.
   *
   * @param why as the end of a sentence, with the remedy
   */
  public static TidemarkException unusableLocation(String location, String why) {
    return unusableLocation(location, why, null);
  }

  static TidemarkException unusableLocation(String location, String why, Throwable cause) {
    return TidemarkException.of(
        StoreFailures.UNUSABLE, cause, "Cannot use location %s: %s", location, why);
  }

  static TidemarkException noHardLinks(String file, Exception cause) {
    return TidemarkException.of(
        "TM-702",
        cause,
        """
        Cannot create %s: its file system does not support hard links. Use a local POSIX file
        system, HDFS or an object store.""",
        file);
  }

  /**
   * A store on which nothing can be decided once.
   *
   * @param what it did, as the end of a sentence
   */
  static TidemarkException notAtomic(String location, String what) {
    return TidemarkException.of(
        "TM-703",
        """
        Cannot use location %s: a trial showed that its store does not create files atomically: %s.
        Two workers could overwrite each other's commits, so nothing else was written. Use a store
        that supports conditional writes (If-None-Match), or a release of it that does.""",
        location,
        what);
  }

  static TidemarkException tooLarge(String file, long bytes, long maxBytes) {
    return TidemarkException.of(
        "TM-704",
        """
        Cannot create %s: it has %d bytes, and the store would create it in several parts, for which
        it may ignore that the name is taken. The limit is %d bytes; raise hadoop.fs.s3a.multipart.size
        for this connector.""",
        file,
        bytes,
        maxBytes);
  }

  /**
   * No provider of credentials has any.
   *
   * @param cause null when its text may have a key in it
   */
  static TidemarkException noCredentials(String location, Throwable cause) {
    return TidemarkException.of(
        "TM-705",
        cause,
        """
        Cannot use location %s: no credentials were found for it. For S3 the worker looked for
        hadoop.fs.s3a.access.key and hadoop.fs.s3a.secret.key of the connector, the environment of the
        worker, a web identity, the profile files of the worker's user, and the role of its container
        or instance, unless hadoop.fs.s3a.aws.credentials.provider names others. For Azure it looked
        for what hadoop.fs.azure.account.auth.type asks for, such as
        hadoop.fs.azure.account.key.ACCOUNT.dfs.core.windows.net in Base64, and for Google Cloud Storage
        for hadoop.fs.gs.auth.service.account.json.keyfile and other keys of hadoop.fs.gs.auth. Give each worker one of
        them, and restart the connector.""",
        location);
  }

  /**
   * The store does not know the credentials, or they may not do this.
   *
   * @param answer what the store said, without keys
   */
  static TidemarkException refusedCredentials(String location, String answer, Throwable cause) {
    return TidemarkException.of(
        "TM-706",
        cause,
        """
        Cannot use location %s: the store refuses the credentials (%s). The key is wrong or disabled,
        or it lacks permissions. On S3 it needs s3:GetObject, s3:PutObject, s3:DeleteObject and
        s3:ListBucket, and for a bucket with SSE-KMS kms:GenerateDataKey and kms:Decrypt; on Azure it
        needs the role Storage Blob Data Contributor, on Google Cloud Storage Object User. Correct the key or grant the permissions, and
        restart the connector. If both are right, check the clock of the worker, since not every answer
        of a store names its reason.""",
        location,
        answer);
  }

  /** There is no such bucket or container. */
  static TidemarkException noBucket(String location, Throwable cause) {
    return TidemarkException.of(
        "TM-707",
        cause,
        """
        Cannot use location %s: its bucket or container does not exist in this store. Nothing here
        creates one. Correct the name, for S3 also hadoop.fs.s3a.endpoint, or create the bucket; then
        restart the connector.""",
        location);
  }

  /** The bucket is elsewhere. */
  static TidemarkException otherRegion(String location, String answer, Throwable cause) {
    return TidemarkException.of(
        "TM-708",
        cause,
        """
        Cannot use location %s: its bucket is in another region than the one that was asked (%s). Set
        hadoop.fs.s3a.endpoint.region of the connector to the region of the bucket, and take
        hadoop.fs.s3a.endpoint out unless the store is not that of AWS.""",
        location,
        answer);
  }

  /** Requests are signed with the time, and the store refuses those of another time. */
  static TidemarkException clocksDiffer(String location, Throwable cause) {
    return TidemarkException.of(
        "TM-709",
        cause,
        """
        Cannot use location %s: the clock of this worker and that of the store differ by more than the
        store allows, which is 15 minutes for S3 and Azure. Correct the clock of the worker with NTP, and
        restart the connector.""",
        location);
  }

  /** The client of Google Cloud Storage has 38 MB, and is in an archive of its own. */
  static TidemarkException missingAddOn(String location) {
    return TidemarkException.of(
        "TM-710",
        """
        Cannot use location %s: the plugin of this worker lacks the classes for Google Cloud Storage,
        which are an add-on. On each worker unpack tidemark-kafka-connect-delta-gcs-%s.zip where
        tidemark-kafka-connect-delta-%s.zip was unpacked, so that its jar gets into the plugin's lib
        directory, and restart the worker.""",
        location,
        Version.TEXT,
        Version.TEXT);
  }
}
