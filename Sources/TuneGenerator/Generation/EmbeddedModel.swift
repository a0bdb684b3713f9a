import CEmbeddedModel
import CharacterModel

/// The model that is part of the program: its bytes are in the executable, so that it is found wherever the
/// program is started from and however it was copied.
public enum EmbeddedModel {
  /// Reads the model.
  public static func load() throws(CharacterModelError) -> RecurrentModel {
    let bytes = unsafe UnsafeBufferPointer(start: cembeddedmodel_bytes(), count: cembeddedmodel_size())
    return try unsafe RecurrentModel(bytes: bytes, source: "the embedded model")
  }
}
