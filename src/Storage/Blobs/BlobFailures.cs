using System.Globalization;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;
using NSft.Collectives;

namespace NSft.Storage.Blobs;

/// <summary>Reads what the service or the way to it answered.</summary>
internal static class BlobFailures
{
    private static readonly int[] PassingStatus = [0, 408, 429, 500, 502, 503, 504];

    /// <summary>Whether the same request may succeed a little later.</summary>
    internal static bool IsPassing(Exception failure) => failure switch
    {
        RequestFailedException answer => PassingStatus.Contains(answer.Status)
            || answer.ErrorCode == BlobErrorCode.ContainerBeingDeleted || answer.ErrorCode == BlobErrorCode.Md5Mismatch,
        CredentialUnavailableException => false,
        AuthenticationFailedException refused => refused.InnerException is not null && IsPassing(refused.InnerException),
        OperationCanceledException or IOException or HttpRequestException => true,
        _ => false,
    };

    /// <summary>Whether a container, or the object in it, is not there.</summary>
    internal static bool IsAbsent(RequestFailedException answer) => answer.Status == 404;

    /// <summary>Whether the container is not there.</summary>
    internal static bool IsNoContainer(RequestFailedException answer) => answer.ErrorCode == BlobErrorCode.ContainerNotFound;

    /// <summary>Whether another writer was first.</summary>
    internal static bool IsConflict(RequestFailedException answer) =>
        answer.Status == 412 || answer.ErrorCode == BlobErrorCode.BlobAlreadyExists || answer.ErrorCode == BlobErrorCode.InvalidBlockList;

    /// <summary>Whether the answer depends on what the caller asked, who then knows what to make of it.</summary>
    internal static bool IsForTheCaller(RequestFailedException answer) => answer.Status is 404 or 412 || IsConflict(answer);

    /// <summary>What a user is told.</summary>
    /// <param name="place">Address of the object or container.</param>
    /// <param name="account">The account.</param>
    /// <param name="failure">What happened.</param>
    /// <param name="spent">How long it was tried.</param>
    internal static UserInputException Told(StoreAddress place, Uri account, Exception failure, TimeSpan spent) => new(failure switch
    {
        RequestFailedException { Status: 401 or 403 } answer =>
            $"{place}: {account.Authority} refused the credentials ({Reason(answer)}); check Storage:ConnectionString or the identity's role, when a signature expires, and this machine's clock",
        RequestFailedException { Status: 0 } answer => Unreached(place, account, FirstLine(answer), spent),
        AuthenticationFailedException refused when !IsPassing(refused) =>
            $"{place}: no identity could sign in to {account.Authority} ({FirstLine(refused)}); set Storage:ConnectionString, or give this machine or pod an identity",
        RequestFailedException answer when PassingStatus.Contains(answer.Status) => Unreached(place, account, Reason(answer), spent),
        RequestFailedException answer => $"{place}: {account.Authority} refused the request ({Reason(answer)})",
        OperationCanceledException => Unreached(place, account, "no answer in time", spent),
        _ => Unreached(place, account, FirstLine(failure), spent),
    }, failure);

    private static string Unreached(StoreAddress place, Uri account, string reason, TimeSpan spent) => string.Create(
        CultureInfo.InvariantCulture,
        $"{place}: {account.Authority} did not serve it for {spent.TotalSeconds:0.#} s ({reason}); check the account's address and the network, then try again: what was transferred is kept");

    private static string Reason(RequestFailedException answer) =>
        string.IsNullOrEmpty(answer.ErrorCode) ? string.Create(CultureInfo.InvariantCulture, $"status {answer.Status}") : answer.ErrorCode;

    private static string FirstLine(Exception failure) => failure.Message.Split('\n', 2)[0].Trim();
}
