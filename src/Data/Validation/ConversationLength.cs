namespace NSft.Data.Validation;

/// <summary>How long a conversation is as tokens, and what is left when it is cut at the limit.</summary>
/// <param name="Tokens">All tokens, images expanded.</param>
/// <param name="ImageTokens">Those of images.</param>
/// <param name="TrainedTokens">Those that are trained on: the answers and the token that ends each.</param>
/// <param name="KeptTrainedTokens">Trained tokens within the limit.</param>
/// <param name="ImageEnd">Position behind the last image token.</param>
public sealed record ConversationLength(int Tokens, int ImageTokens, int TrainedTokens, int KeptTrainedTokens, int ImageEnd);
