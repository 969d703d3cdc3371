using System.Net;

namespace Orleans.Runtime;

/// <summary>What the silos of one cluster agree on.</summary>
internal sealed record ClusterKey(string ServiceId, string ClusterId, IPEndPoint Primary);
