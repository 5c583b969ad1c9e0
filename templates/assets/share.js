// The share sheet of the browser, for a card: its title and the address that leads to it.
(function () {
  "use strict";
  document.querySelectorAll("[data-share]").forEach(function (ways) {
    var card = ways.closest(".kb-card");
    var title = card.querySelector(".kb-title");
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = ways.dataset.share;
    ways.append(button);
    button.addEventListener("click", function () {
      var url = new URL("#" + card.id, location.href).href;
      navigator.share({ title: title ? title.textContent : document.title, url: url }).catch(function () {});
    });
  });
})();
