package import Batches

/// What a response said of a quota. Texts are told by their numbers; 0 stands for none.
package struct StoredQuota {
  package var vendor: Int64
  package var gateway: Int64
  package var consumer: Int64
  /// Empty where its headers have no name for it.
  package var name: String
  package var sighting: QuotaSightings.Sighting

  package init(
    vendor: Int64, gateway: Int64, consumer: Int64, name: String,
    sighting: QuotaSightings.Sighting
  ) {
    self.vendor = vendor
    self.gateway = gateway
    self.consumer = consumer
    self.name = name
    self.sighting = sighting
  }
}
