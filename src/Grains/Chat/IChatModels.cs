using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>Opens the chat models of jobs on this silo.</summary>
internal interface IChatModels
{
    /// <summary>
    /// A model that answers from the store what was answered before, keeps the rates and the budget of the whole cluster and tries again
    /// what may pass. Opening the same again gives the same model. Safe from any thread.
    /// </summary>
    /// <param name="settings">Model, pace, price and store.</param>
    /// <param name="jobId">The job whose budget is spent.</param>
    /// <exception cref="Collectives.UserInputException">The settings cannot be used, or there is no key.</exception>
    IChatModel Open(ChatSettings settings, string jobId);
}
