using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSft.Storage.Blobs;

namespace NSft.Storage.Tests;

public sealed class BlobAccountTests
{
    private static readonly Uri Account = new("https://nsfttest.blob.core.windows.net");

    [Fact]
    public async Task Connect_AccountUri_SignsInWithTheManagedIdentity()
    {
        List<string> asked = [];
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication identity = builder.Build();
        identity.Urls.Add("http://127.0.0.1:0");
        identity.MapGet("/token", (HttpRequest request) =>
        {
            asked.Add($"{request.Query["resource"]} {request.Query["client_id"]} {request.Headers["X-IDENTITY-HEADER"]}");
            return Results.Json(new { access_token = "a-token", expires_on = "4102444800", resource = "https://storage.azure.com", token_type = "Bearer" });
        });
        await identity.StartAsync(TestContext.Current.CancellationToken);
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", identity.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/token");
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "a-header");
        RecordingHandler service = new();
        BlobClientOptions client = new() { Transport = new HttpClientTransport(service) };

        BlobServiceClient account = BlobAccount.Connect(new StorageOptions { AccountUri = Account, ManagedIdentityClientId = "an-id" }, null, client);
        Assert.True(await account.GetBlobContainerClient("runs").ExistsAsync(TestContext.Current.CancellationToken));

        Assert.Equal("https://storage.azure.com an-id a-header", Assert.Single(asked));
        Assert.Equal("Bearer a-token https://nsfttest.blob.core.windows.net/runs?restype=container", Assert.Single(service.Requests));
    }

    [Fact]
    public async Task Connect_SignatureInTheUri_SendsIt()
    {
        RecordingHandler service = new();
        BlobServiceClient account = BlobAccount.Connect(
            new StorageOptions { AccountUri = new Uri(Account, "?sv=2024-01-01&sig=abc") }, null, new BlobClientOptions { Transport = new HttpClientTransport(service) });
        await account.GetBlobContainerClient("runs").ExistsAsync(TestContext.Current.CancellationToken);
        Assert.Contains("sig=abc", Assert.Single(service.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_AddressOfTheConfiguredAccount_UsesItsKey()
    {
        string text = $"DefaultEndpointsProtocol=https;AccountName=nsfttest;AccountKey={Convert.ToBase64String(new byte[64])};EndpointSuffix=core.windows.net";
        StorageOptions options = new() { ConnectionString = text };
        Assert.True(BlobAccount.ConnectOnce(options, Account).CanGenerateAccountSasUri);
        Assert.False(BlobAccount.ConnectOnce(options, new Uri("https://other.blob.core.windows.net")).CanGenerateAccountSasUri);
    }

    private sealed class RecordingHandler : HttpMessageHandler
    {
        internal List<string> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Headers.Authorization} {request.RequestUri}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent([]),
                Headers = { { "ETag", "\"1\"" }, { "x-ms-request-id", "1" } },
            });
        }
    }
}
