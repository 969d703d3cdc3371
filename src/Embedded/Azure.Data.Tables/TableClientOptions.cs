using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>How requests to tables are sent.</summary>
public class TableClientOptions : ClientOptions
{
    internal TableClientOptions()
    {
    }
}
